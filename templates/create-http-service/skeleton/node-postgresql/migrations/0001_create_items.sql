-- Ids are UUIDs of version 7: they grow with time, so the primary key is also the paging order.
CREATE TABLE items (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  created_at timestamptz NOT NULL
);
