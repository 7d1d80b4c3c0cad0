package main

import (
	"testing"

	"${{ values.goModule }}/internal/postgres/postgrestest"
)

// backendEnv is the part of the environment that the back end needs.
func backendEnv(t *testing.T) map[string]string {
	t.Helper()
	return map[string]string{"DATABASE_URL": postgrestest.URL(t)}
}

// backendVariable is one that has to be set.
const backendVariable = "DATABASE_URL"
