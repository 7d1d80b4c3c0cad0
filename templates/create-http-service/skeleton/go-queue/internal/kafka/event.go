package kafka

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"go.opentelemetry.io/otel/propagation"

	"${{ values.goModule }}/internal/item"
	"${{ values.goModule }}/internal/service"
	"${{ values.goModule }}/internal/telemetry"
)

// EventType of the event that an item was created.
const EventType = service.Name + ".item.created.v1"

// Event is a CloudEvent 1.0 in structured mode. Consumers tell an event that
// comes twice by its source and id.
type Event struct {
	SpecVersion     string    `json:"specversion"`
	ID              string    `json:"id"`
	Source          string    `json:"source"`
	Type            string    `json:"type"`
	Subject         string    `json:"subject"`
	Time            time.Time `json:"time"`
	DataContentType string    `json:"datacontenttype"`
	// TraceParent is the distributed tracing extension.
	TraceParent string    `json:"traceparent,omitempty"`
	Data        item.Item `json:"data"`
}

func newRecord(ctx context.Context, created item.Item) (*kgo.Record, error) {
	trace := propagation.MapCarrier{}
	telemetry.Propagator.Inject(ctx, trace)

	id := created.ID.String()
	value, err := json.Marshal(Event{
		SpecVersion:     "1.0",
		ID:              id,
		Source:          "/" + service.Name,
		Type:            EventType,
		Subject:         id,
		Time:            created.CreatedAt,
		DataContentType: "application/json",
		TraceParent:     trace.Get("traceparent"),
		Data:            created,
	})
	if err != nil {
		return nil, fmt.Errorf("write the event: %w", err)
	}
	return &kgo.Record{
		Key:   []byte(id),
		Value: value,
		Headers: []kgo.RecordHeader{
			{Key: "content-type", Value: []byte("application/cloudevents+json; charset=UTF-8")},
		},
	}, nil
}
