package item_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"${{ values.goModule }}/internal/item"
	"${{ values.goModule }}/internal/memory"
)

func TestNames(t *testing.T) {
	for _, test := range []struct {
		name, text string
		ok         bool
	}{
		{"empty", "", false},
		{"one character", "x", true},
		{"100 characters of several bytes", strings.Repeat("é", 100), true},
		{"101 characters", strings.Repeat("x", 101), false},
		{"line break", "a\nb", false},
		{"zero byte", "a\x00b", false},
		{"markup is only text", "<script>", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			made, err := item.New(test.text, time.Now())
			if !test.ok {
				if !errors.Is(err, item.ErrInvalidName) {
					t.Errorf("got %v, want ErrInvalidName", err)
				}
				return
			}
			if err != nil || made.Name != test.text || made.CreatedAt.Location() != time.UTC {
				t.Errorf("got %+v, %v", made, err)
			}
		})
	}
}

func TestPagesHoldEveryItemOnce(t *testing.T) {
	for _, count := range []int{0, 1, 2, 3, 4, 7} {
		store := memory.NewStore()
		var want []string
		for range count {
			made, err := item.New("x", time.Now())
			if err != nil {
				t.Fatal(err)
			}
			if err := store.Add(t.Context(), made); err != nil {
				t.Fatal(err)
			}
			want = append(want, made.ID.String())
		}

		var got []string
		for cursor := ""; ; {
			page, err := item.ListPage(t.Context(), store, cursor, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range page.Items {
				got = append(got, found.ID.String())
			}
			if cursor = page.NextCursor; cursor == "" {
				break
			}
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%d items: got %v, want %v", count, got, want)
		}
	}
}

func TestForeignCursorIsRefused(t *testing.T) {
	for _, cursor := range []string{"x", "////", "AAAA", "00000000-0000-0000-0000-000000000000"} {
		if _, err := item.ListPage(t.Context(), memory.NewStore(), cursor, 1); !errors.Is(err, item.ErrCursor) {
			t.Errorf("%s: got %v, want ErrCursor", cursor, err)
		}
	}
}
