// Package config reads the configuration of the service from its environment.
package config

import (
	"errors"
	"strings"
)

// Env reads environment variables and remembers every one that is wrong, so
// that one run of the service names them all.
type Env struct {
	lookup   func(name string) (string, bool)
	problems []string
}

// NewEnv reads variables by lookup, such as [os.LookupEnv].
func NewEnv(lookup func(name string) (string, bool)) *Env {
	return &Env{lookup: lookup}
}

// Err is one line that names every wrong variable, or nil. It never holds the
// value of a variable, which may be a secret.
func (e *Env) Err() error {
	if len(e.problems) == 0 {
		return nil
	}
	return errors.New(strings.Join(e.problems, "; "))
}

// get treats an empty variable as one that is not set: that is how charts and
// shells clear one.
func (e *Env) get(name string) (string, bool) {
	text, _ := e.lookup(name)
	text = strings.TrimSpace(text)
	return text, text != ""
}

// Optional parses a variable, or the fallback when it is not set.
func Optional[T any](e *Env, name, fallback string, parse func(string) (T, error)) T {
	text, ok := e.get(name)
	if !ok {
		text = fallback
	}
	return checked(e, name, text, parse)
}

// Required parses a variable that has to be set.
func Required[T any](e *Env, name string, parse func(string) (T, error)) T {
	text, ok := e.get(name)
	if !ok {
		e.problems = append(e.problems, name+": must be set")
		var none T
		return none
	}
	return checked(e, name, text, parse)
}

func checked[T any](e *Env, name, text string, parse func(string) (T, error)) T {
	value, err := parse(text)
	if err != nil {
		e.problems = append(e.problems, name+": "+err.Error())
	}
	return value
}
