package main

import (
	"sync"
	"time"
)

// Buckets limits callers: each has a bucket of tokens that fills at a rate.
type Buckets struct {
	mu    sync.Mutex
	rate  float64
	burst float64
	now   func() time.Time
	state map[string]bucket
}

type bucket struct {
	tokens float64
	at     time.Time
}

func NewBuckets(perSecond, burst float64, now func() time.Time) *Buckets {
	return &Buckets{rate: perSecond, burst: burst, now: now, state: map[string]bucket{}}
}

// Allow takes a token, or says how long to wait for one.
func (b *Buckets) Allow(caller string) (wait time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	current, known := b.state[caller]
	if !known {
		current = bucket{b.burst, now}
	}
	current.tokens = min(b.burst, current.tokens+now.Sub(current.at).Seconds()*b.rate)
	current.at = now
	if ok = current.tokens >= 1; ok {
		current.tokens--
	} else {
		wait = time.Duration((1 - current.tokens) / b.rate * float64(time.Second))
	}
	b.state[caller] = current
	return wait, ok
}

// Forget drops callers whose buckets are full again.
func (b *Buckets) Forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for caller, s := range b.state {
		if s.tokens+b.now().Sub(s.at).Seconds()*b.rate >= b.burst {
			delete(b.state, caller)
		}
	}
}
