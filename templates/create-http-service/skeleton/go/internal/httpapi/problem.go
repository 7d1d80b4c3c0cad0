package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"${{ values.goModule }}/internal/item"
	"${{ values.goModule }}/internal/telemetry"
)

// statusClientClosed is the usual code for a client that went away before the
// answer; nobody receives it, but logs and metrics must not blame the service.
const statusClientClosed = 499

// problem is an answer that is not a success: problem details of RFC 9457.
type problem struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	RequestID string `json:"requestId,omitempty"`
	Errors    []part `json:"errors,omitempty"`
}

// part says what is wrong with one part of the request: a JSON pointer into
// the body, or the name of a parameter.
type part struct {
	Detail    string `json:"detail"`
	Pointer   string `json:"pointer,omitempty"`
	Parameter string `json:"parameter,omitempty"`
}

func newProblem(status int, detail string, parts ...part) *problem {
	return &problem{
		Type:   "about:blank",
		Title:  http.StatusText(status),
		Status: status,
		Detail: detail,
		Errors: parts,
	}
}

func (p *problem) Error() string { return p.Detail }

// toProblem decides what a client may know of an error.
func toProblem(err error) *problem {
	var known *problem
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, item.ErrNotFound):
		return newProblem(http.StatusNotFound, "There is no item with this id.")
	case errors.Is(err, context.DeadlineExceeded):
		return newProblem(http.StatusServiceUnavailable, "The request took too long. Try again later.")
	case errors.Is(err, item.ErrUnavailable):
		return newProblem(http.StatusServiceUnavailable, "The service cannot reach its back end. Try again later.")
	default:
		return newProblem(http.StatusInternalServerError, "An unexpected error occurred.")
	}
}

// fail answers with the problem that an error is.
func (a *api) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(context.Cause(r.Context()), context.Canceled) {
		w.WriteHeader(statusClientClosed)
		return
	}
	p := *toProblem(err)
	if p.Status >= http.StatusInternalServerError {
		a.log.ErrorContext(r.Context(), "request failed", "error", err)
	}
	if p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	p.RequestID = telemetry.RequestID(r.Context())
	w.Header().Set("Content-Type", "application/problem+json")
	a.write(w, r, p.Status, p)
}

func (a *api) sendJSON(w http.ResponseWriter, r *http.Request, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	a.write(w, r, status, body)
}

func (a *api) write(w http.ResponseWriter, r *http.Request, status int, body any) {
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		a.log.DebugContext(r.Context(), "answer not written", "error", err)
	}
}
