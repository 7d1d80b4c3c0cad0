package httpapi

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"${{ values.goModule }}/internal/readiness"
)

// health asks nothing of the back end: restarting this process would not mend it.
func (a *api) health(w http.ResponseWriter, r *http.Request) {
	a.sendJSON(w, r, http.StatusOK, map[string]string{"status": "ok"})
}

func (a *api) ready(w http.ResponseWriter, r *http.Request) {
	report := a.readiness.Report(r.Context())
	status := http.StatusOK
	if report.Status != readiness.Ready {
		status = http.StatusServiceUnavailable
	}
	a.sendJSON(w, r, status, report)
}

func (a *api) showMetrics() http.Handler {
	return promhttp.HandlerFor(a.metrics.Registry, promhttp.HandlerOpts{})
}

func (a *api) describe(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/yaml")
	if _, err := w.Write(a.openAPI); err != nil {
		a.log.DebugContext(r.Context(), "answer not written", "error", err)
	}
}
