package telemetry

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"${{ values.goModule }}/internal/service"
)

// Propagator reads and writes the W3C headers traceparent, tracestate and baggage.
var Propagator = propagation.NewCompositeTextMapPropagator(
	propagation.TraceContext{},
	propagation.Baggage{},
)

// NewTracerProvider makes spans, and exports them when there is an endpoint.
// Its Shutdown flushes what has not been exported.
func NewTracerProvider(ctx context.Context, name string, export Export) (*sdktrace.TracerProvider, error) {
	attributes, err := resource.New(ctx,
		resource.WithFromEnv(),
		resource.WithTelemetrySDK(),
		resource.WithAttributes(
			attribute.String("service.name", name),
			attribute.String("service.version", service.Version),
		),
	)
	if err != nil {
		return nil, fmt.Errorf("describe the service for traces: %w", err)
	}
	options := []sdktrace.TracerProviderOption{sdktrace.WithResource(attributes)}
	if export.Endpoint != "" {
		exporter, err := otlptrace.New(ctx, newOTLPClient(export))
		if err != nil {
			return nil, fmt.Errorf("export traces: %w", err)
		}
		options = append(options, sdktrace.WithBatcher(exporter))
	}
	return sdktrace.NewTracerProvider(options...), nil
}
