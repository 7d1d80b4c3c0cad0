// Package service says what is running.
package service

// Name is how logs, traces and metrics call the service.
const Name = "${{ values.name }}"

// Version and Revision are set by the linker; see the Makefile.
var (
	Version  = "dev"
	Revision = "unknown"
)
