package kafka

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"${{ values.goModule }}/internal/item"
	"${{ values.goModule }}/internal/service"
)

const (
	publishTimeout = 5 * time.Second
	connectTimeout = 2 * time.Second
	flushTimeout   = 2 * time.Second
	pingTimeout    = 2 * time.Second
	retryInterval  = time.Second
)

// Publisher writes events to a topic, at least once.
type Publisher struct {
	client *kgo.Client
	log    *slog.Logger
}

// NewPublisher makes a publisher that connects when it is first used.
func NewPublisher(config Config, log *slog.Logger) (*Publisher, error) {
	client, err := kgo.NewClient(
		kgo.SeedBrokers(config.Brokers...),
		kgo.DefaultProduceTopic(config.Topic),
		kgo.ClientID(service.Name),
		kgo.RequiredAcks(kgo.AllISRAcks()),
		kgo.RecordDeliveryTimeout(publishTimeout),
		kgo.ProduceRequestTimeout(publishTimeout),
		kgo.DialTimeout(connectTimeout),
		kgo.RequestTimeoutOverhead(connectTimeout),
		kgo.ProducerLinger(0),
		// An idempotent producer keeps a record that it may have sent until the
		// broker answers, so it could not give up in time. Without it an event
		// may come twice, which at least once allows.
		kgo.DisableIdempotentWrite(),
	)
	if err != nil {
		return nil, err
	}
	return &Publisher{client: client, log: log}, nil
}

// Publish returns when the broker has the event. An error means that it may
// not have it.
func (p *Publisher) Publish(ctx context.Context, created item.Item) error {
	record, err := newRecord(ctx, created)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, publishTimeout)
	defer cancel()
	result := make(chan error, 1)
	p.client.Produce(ctx, record, func(_ *kgo.Record, err error) { result <- err })
	if err := await(ctx, result); err != nil {
		return fmt.Errorf("publish an event: %w: %w", item.ErrUnavailable, err)
	}
	return nil
}

// Ping fails when no broker answers.
func (p *Publisher) Ping(ctx context.Context) error {
	result := make(chan error, 1)
	go func() { result <- p.client.Ping(ctx) }()
	return await(ctx, result)
}

// await gives up in time: the client may wait for a broker that is silent
// longer than its context allows.
func await(ctx context.Context, result <-chan error) error {
	select {
	case err := <-result:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// WaitUntilReady returns when a broker answers.
func (p *Publisher) WaitUntilReady(ctx context.Context) error {
	for {
		attempt, cancel := context.WithTimeout(ctx, pingTimeout)
		err := p.Ping(attempt)
		cancel()
		if err == nil {
			return nil
		}
		p.log.WarnContext(ctx, "no broker answers", "error", err, "retry_in", retryInterval.String())
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(retryInterval):
		}
	}
}

// Close waits for events that are on their way.
func (p *Publisher) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), flushTimeout)
	defer cancel()
	if err := p.client.Flush(ctx); err != nil {
		p.log.WarnContext(ctx, "events not flushed", "error", err)
	}
	p.client.Close()
}
