package main

import "testing"

// backendEnv is the part of the environment that the back end needs.
func backendEnv(*testing.T) map[string]string { return nil }

// backendVariable is one that has to be right; this back end has none.
const backendVariable = ""
