package main

import (
	"sync"
	"time"
)

// Limit allows Count events, worth at most Amount, within a window. Zero means no limit.
type Limit struct {
	Name   string
	Window time.Duration
	Count  int
	Amount int64
}

type event struct {
	at     time.Time
	amount int64
}

// Counter remembers what each key did lately.
type Counter struct {
	mu      sync.Mutex
	limits  []Limit
	longest time.Duration
	events  map[string][]event
}

func NewCounter(limits ...Limit) *Counter {
	c := &Counter{limits: limits, events: map[string][]event{}}
	for _, limit := range limits {
		c.longest = max(c.longest, limit.Window)
	}
	return c
}

// Take records an event unless it would break a limit, and names the first limit that it breaks.
func (c *Counter) Take(key string, amount int64, at time.Time) (broken string, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept := c.events[key][:0]
	for _, e := range c.events[key] {
		if at.Sub(e.at) < c.longest {
			kept = append(kept, e)
		}
	}
	for _, limit := range c.limits {
		count, sum := 1, amount
		for _, e := range kept {
			if at.Sub(e.at) < limit.Window {
				count++
				sum += e.amount
			}
		}
		if limit.Count > 0 && count > limit.Count || limit.Amount > 0 && sum > limit.Amount {
			c.events[key] = kept
			return limit.Name, false
		}
	}
	c.events[key] = append(kept, event{at, amount})
	return "", true
}
