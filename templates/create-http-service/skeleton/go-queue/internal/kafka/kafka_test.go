package kafka_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"${{ values.goModule }}/internal/item"
	"${{ values.goModule }}/internal/item/itemtest"
	"${{ values.goModule }}/internal/kafka"
	"${{ values.goModule }}/internal/kafka/kafkatest"
	"${{ values.goModule }}/internal/memory"
	"${{ values.goModule }}/internal/service"
)

func publisher(t *testing.T, config kafka.Config) *kafka.Publisher {
	t.Helper()
	made, err := kafka.NewPublisher(config, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(made.Close)
	return made
}

func consume(t *testing.T, config kafka.Config) *kgo.Record {
	t.Helper()
	consumer, err := kgo.NewClient(
		kgo.SeedBrokers(config.Brokers...),
		kgo.ConsumeTopics(config.Topic),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
	)
	if err != nil {
		t.Fatal(err)
	}
	defer consumer.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	fetched := consumer.PollRecords(ctx, 1)
	if err := fetched.Err(); err != nil {
		t.Fatal(err)
	}
	return fetched.Records()[0]
}

func TestStore(t *testing.T) {
	itemtest.Run(t, kafka.NewStore(memory.NewStore(), publisher(t, kafkatest.Broker(t))))
}

func TestCreatedItemIsPublishedAsACloudEvent(t *testing.T) {
	broker := kafkatest.Broker(t)
	store := kafka.NewStore(memory.NewStore(), publisher(t, broker))
	created := itemtest.New(t, "Größe <b>")
	ctx, span := sdktrace.NewTracerProvider().Tracer("test").Start(t.Context(), "span")
	if err := store.Add(ctx, created); err != nil {
		t.Fatal(err)
	}

	record := consume(t, broker)
	if key := string(record.Key); key != created.ID.String() {
		t.Errorf("key is %s", key)
	}
	wantHeaders := []kgo.RecordHeader{
		{Key: "content-type", Value: []byte("application/cloudevents+json; charset=UTF-8")},
	}
	if !reflect.DeepEqual(record.Headers, wantHeaders) {
		t.Errorf("headers are %v", record.Headers)
	}
	var got kafka.Event
	if err := json.Unmarshal(record.Value, &got); err != nil {
		t.Fatal(err)
	}
	want := kafka.Event{
		SpecVersion:     "1.0",
		ID:              created.ID.String(),
		Source:          "/" + service.Name,
		Type:            service.Name + ".item.created.v1",
		Subject:         created.ID.String(),
		Time:            created.CreatedAt,
		DataContentType: "application/json",
		TraceParent:     got.TraceParent,
		Data:            created,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if !strings.Contains(got.TraceParent, span.SpanContext().TraceID().String()) {
		t.Errorf("traceparent %q is not of the trace", got.TraceParent)
	}
}

func TestBrokerThatDoesNotAnswer(t *testing.T) {
	for name, address := range map[string]string{
		"refuses connections": refusing(t),
		"is silent":           silent(t),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := kafka.Config{Brokers: []string{address}, Topic: "x"}
			client := publisher(t, config)
			store := kafka.NewStore(memory.NewStore(), client)
			created := itemtest.New(t, "x")

			start := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			if err := store.Add(ctx, created); !errors.Is(err, item.ErrUnavailable) {
				t.Errorf("add: got %v, want ErrUnavailable", err)
			}
			if _, err := store.Get(t.Context(), created.ID); !errors.Is(err, item.ErrNotFound) {
				t.Errorf("an item that was not published can be read: %v", err)
			}
			if err := client.Ping(ctx); err == nil {
				t.Error("ping succeeds")
			}
			if err := client.WaitUntilReady(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("wait: got %v", err)
			}
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("gave up after %s", took)
			}
		})
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

func refusing(t *testing.T) string {
	t.Helper()
	listener := listen(t)
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	return listener.Addr().String()
}

// silent takes connections, as the kernel does for a process that hangs.
func silent(t *testing.T) string {
	t.Helper()
	listener := listen(t)
	t.Cleanup(func() {
		if err := listener.Close(); err != nil {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

func TestSettings(t *testing.T) {
	for text, ok := range map[string]bool{
		"a:9092":         true,
		"a:9092, b:9092": true,
		"[::1]:9092":     true,
		"a":              false,
		"a:9092,":        false,
		":9092":          false,
		"a:0":            false,
		"a:65536":        false,
		"kafka://a:9092": false,
		"user:pw@a:9092": false,
	} {
		if _, err := kafka.ParseBrokers(text); (err == nil) != ok {
			t.Errorf("brokers %q: got %v", text, err)
		}
	}
	for text, ok := range map[string]bool{
		"quotes.items":           true,
		strings.Repeat("x", 249): true,
		strings.Repeat("x", 250): false,
		"..":                     false,
		"a b":                    false,
	} {
		if _, err := kafka.ParseTopic(text); (err == nil) != ok {
			t.Errorf("topic %q: got %v", text, err)
		}
	}
}
