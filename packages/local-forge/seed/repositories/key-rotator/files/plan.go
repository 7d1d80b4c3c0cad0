package main

import (
	"sort"
	"time"
)

// Key is one version of a secret.
type Key struct {
	Name     string        `json:"name"`
	Version  int           `json:"version"`
	Created  time.Time     `json:"created"`
	MaxAge   time.Duration `json:"maxAge"`
	Disabled bool          `json:"disabled"`
}

// Step is something to be done to a key.
type Step struct {
	Action  string `json:"action"`
	Name    string `json:"name"`
	Version int    `json:"version"`
}

// Grace is how long an old version stays usable after a new one was made.
const Grace = 24 * time.Hour

// Plan says which keys get a new version, and which old versions may go. Creating comes first, always.
func Plan(keys []Key, now time.Time) []Step {
	newest := map[string]Key{}
	for _, key := range keys {
		if current, ok := newest[key.Name]; !ok || key.Version > current.Version {
			newest[key.Name] = key
		}
	}
	var create, disable []Step
	for _, key := range newest {
		if now.Sub(key.Created) >= key.MaxAge {
			create = append(create, Step{"create", key.Name, key.Version + 1})
		}
	}
	for _, key := range keys {
		latest := newest[key.Name]
		if key.Version < latest.Version && !key.Disabled && now.Sub(latest.Created) >= Grace {
			disable = append(disable, Step{"disable", key.Name, key.Version})
		}
	}
	for _, steps := range [][]Step{create, disable} {
		sort.Slice(steps, func(i, j int) bool {
			return steps[i].Name < steps[j].Name || steps[i].Name == steps[j].Name && steps[i].Version < steps[j].Version
		})
	}
	return append(create, disable...)
}
