create table items (
  id         uuid        primary key,
  name       text        not null check (char_length(name) between 1 and 100),
  created_at timestamptz not null
);
