package readiness_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"${{ values.goModule }}/internal/readiness"
)

func TestStatusFollowsTheLifeOfTheInstance(t *testing.T) {
	var down error
	check := readiness.Check{Name: "part", Run: func(context.Context) error { return down }}
	ready := readiness.New(slog.New(slog.DiscardHandler), []readiness.Check{check})

	for _, step := range []struct {
		name   string
		do     func()
		status readiness.Status
		check  string
	}{
		{"new", func() {}, readiness.Starting, "ok"},
		{"started", ready.Start, readiness.Ready, "ok"},
		{"part down", func() { down = errors.New("down") }, readiness.Unavailable, "failed"},
		{"part up", func() { down = nil }, readiness.Ready, "ok"},
		{"draining", ready.Drain, readiness.Draining, "ok"},
	} {
		step.do()
		want := readiness.Report{
			Status: step.status,
			Checks: map[string]readiness.Result{"part": {Status: step.check}},
		}
		if got := ready.Report(t.Context()); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", step.name, got, want)
		}
	}
}

func TestOnlyChangesAreLogged(t *testing.T) {
	var out bytes.Buffer
	var down error
	check := readiness.Check{Name: "part", Run: func(context.Context) error { return down }}
	ready := readiness.New(slog.New(slog.NewTextHandler(&out, nil)), []readiness.Check{check})

	for _, err := range []error{nil, nil, errors.New("a"), errors.New("b"), nil, nil} {
		down = err
		ready.Report(t.Context())
	}
	if lines := strings.Count(out.String(), "\n"); lines != 2 {
		t.Errorf("want one line for the failure and one for its end, got:\n%s", &out)
	}
}

func TestSlowCheckFails(t *testing.T) {
	slow := readiness.Check{Name: "slow", Run: func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}}
	ready := readiness.New(slog.New(slog.DiscardHandler), []readiness.Check{slow})
	ready.Start()
	if got := ready.Report(t.Context()).Status; got != readiness.Unavailable {
		t.Errorf("got %s", got)
	}
}
