package memory_test

import (
	"errors"
	"testing"

	"${{ values.goModule }}/internal/item"
	"${{ values.goModule }}/internal/item/itemtest"
	"${{ values.goModule }}/internal/memory"
)

func TestStore(t *testing.T) {
	itemtest.Run(t, memory.NewStore())
}

func TestFullStoreDropsTheOldest(t *testing.T) {
	store := memory.NewStore()
	oldest := itemtest.New(t, "oldest")
	newest := oldest
	for range memory.Capacity + 1 {
		if err := store.Add(t.Context(), newest); err != nil {
			t.Fatal(err)
		}
		newest = itemtest.New(t, "newer")
	}
	if _, err := store.Get(t.Context(), oldest.ID); !errors.Is(err, item.ErrNotFound) {
		t.Errorf("the oldest: got %v, want ErrNotFound", err)
	}
	if got, err := store.List(t.Context(), oldest.ID, 2*memory.Capacity); err != nil || len(got) > memory.Capacity {
		t.Errorf("holds %d, %v; want at most %d", len(got), err, memory.Capacity)
	}
}
