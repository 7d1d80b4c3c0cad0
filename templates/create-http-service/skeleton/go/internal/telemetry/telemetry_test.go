package telemetry_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"${{ values.goModule }}/internal/service"
	"${{ values.goModule }}/internal/telemetry"
)

func TestLinesCarryTheIdsOfTheirContext(t *testing.T) {
	provider, err := telemetry.NewTracerProvider(t.Context(), service.Name, telemetry.Export{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, span := provider.Tracer("test").Start(t.Context(), "span")
	ctx = telemetry.WithRequestID(ctx, "request-1")

	var out bytes.Buffer
	telemetry.NewLogger(&out, slog.LevelWarn).With("extra", 1).WarnContext(ctx, "hello")

	var line map[string]any
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"level":      "warn",
		"msg":        "hello",
		"service":    service.Name,
		"extra":      1.0,
		"request_id": "request-1",
		"trace_id":   span.SpanContext().TraceID().String(),
		"span_id":    span.SpanContext().SpanID().String(),
	} {
		if line[key] != want {
			t.Errorf("%s is %v, want %v", key, line[key], want)
		}
	}
	text, _ := line["time"].(string)
	if _, err := time.Parse(time.RFC3339, text); err != nil {
		t.Errorf("time: %v", err)
	}
}

func TestLevelIsHonoured(t *testing.T) {
	var out bytes.Buffer
	telemetry.NewLogger(&out, slog.LevelWarn).Info("quiet")
	if out.Len() > 0 {
		t.Errorf("logged below the level: %s", &out)
	}
}
