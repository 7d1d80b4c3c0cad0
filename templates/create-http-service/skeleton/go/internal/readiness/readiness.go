// Package readiness tells whether this instance should be sent requests.
package readiness

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

const checkTimeout = time.Second

// Check asks one part of the back end whether it answers.
type Check struct {
	Name string
	Run  func(ctx context.Context) error
}

// Status of an instance.
type Status string

// An instance is starting, then ready or unavailable as its back end answers
// or not, then draining.
const (
	Starting    Status = "starting"
	Ready       Status = "ready"
	Unavailable Status = "unavailable"
	Draining    Status = "draining"
)

// Report is what /readyz shows.
type Report struct {
	Status Status            `json:"status"`
	Checks map[string]Result `json:"checks"`
}

// Result of one check.
type Result struct {
	Status string `json:"status"`
}

// Readiness follows the life of one instance.
type Readiness struct {
	log      *slog.Logger
	checks   []Check
	started  atomic.Bool
	draining atomic.Bool

	mu      sync.Mutex
	failing map[string]bool
}

// New makes the readiness of an instance that is starting.
func New(log *slog.Logger, checks []Check) *Readiness {
	return &Readiness{log: log, checks: checks, failing: map[string]bool{}}
}

// Start marks the instance as started.
func (r *Readiness) Start() { r.started.Store(true) }

// Started tells whether Start was called.
func (r *Readiness) Started() bool { return r.started.Load() }

// Drain marks the instance as about to stop.
func (r *Readiness) Drain() { r.draining.Store(true) }

// Report runs the checks, all at once.
func (r *Readiness) Report(ctx context.Context) Report {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()

	errs := make([]error, len(r.checks))
	var group sync.WaitGroup
	for i, check := range r.checks {
		group.Go(func() { errs[i] = check.Run(ctx) })
	}
	group.Wait()

	report := Report{Status: Ready, Checks: map[string]Result{}}
	for i, check := range r.checks {
		r.note(ctx, check.Name, errs[i])
		if errs[i] != nil {
			report.Status = Unavailable
			report.Checks[check.Name] = Result{"failed"}
		} else {
			report.Checks[check.Name] = Result{"ok"}
		}
	}
	switch {
	case r.draining.Load():
		report.Status = Draining
	case !r.started.Load():
		report.Status = Starting
	}
	return report
}

// note logs a check that changed; probes come too often to log each.
func (r *Readiness) note(ctx context.Context, name string, err error) {
	r.mu.Lock()
	changed := r.failing[name] != (err != nil)
	r.failing[name] = err != nil
	r.mu.Unlock()

	switch {
	case changed && err != nil:
		r.log.WarnContext(ctx, "check fails", "check", name, "error", err)
	case changed:
		r.log.InfoContext(ctx, "check passes again", "check", name)
	}
}
