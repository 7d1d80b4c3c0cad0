package main

import (
	"reflect"
	"testing"
	"time"
)

const day = 24 * time.Hour

var now = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func key(name string, version, ageDays int) Key {
	return Key{Name: name, Version: version, Created: now.Add(-time.Duration(ageDays) * day), MaxAge: 90 * day}
}

func TestAnOldKeyGetsANewVersion(t *testing.T) {
	got := Plan([]Key{key("vault", 3, 90), key("ledger", 1, 89)}, now)
	if want := []Step{{"create", "vault", 4}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestTheOldVersionGoesAfterADay(t *testing.T) {
	fresh := key("vault", 2, 0)
	if got := Plan([]Key{key("vault", 1, 91), fresh}, now); len(got) != 0 {
		t.Errorf("disabled too early: %v", got)
	}
	got := Plan([]Key{key("vault", 1, 91), key("vault", 2, 1)}, now)
	if want := []Step{{"disable", "vault", 1}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestANewKeyIsMadeBeforeAnyOldOneGoes(t *testing.T) {
	got := Plan([]Key{key("b", 1, 200), key("b", 2, 95), key("a", 1, 100)}, now)
	want := []Step{{"create", "a", 2}, {"create", "b", 3}, {"disable", "b", 1}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}
