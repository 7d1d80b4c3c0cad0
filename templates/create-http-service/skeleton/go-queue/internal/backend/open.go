package backend

import (
	"fmt"
	"log/slog"

	"${{ values.goModule }}/internal/config"
	"${{ values.goModule }}/internal/kafka"
	"${{ values.goModule }}/internal/memory"
	"${{ values.goModule }}/internal/readiness"
	"${{ values.goModule }}/internal/service"
)

// Config of Kafka.
type Config struct{ kafka kafka.Config }

// ReadConfig reads KAFKA_BROKERS and KAFKA_TOPIC.
func ReadConfig(env *config.Env) Config {
	return Config{kafka.Config{
		Brokers: config.Required(env, "KAFKA_BROKERS", kafka.ParseBrokers),
		Topic:   config.Optional(env, "KAFKA_TOPIC", service.Name+".items", kafka.ParseTopic),
	}}
}

// Open keeps items in memory and publishes each to Kafka. It does not connect yet.
func Open(cfg Config, log *slog.Logger) (*Backend, error) {
	publisher, err := kafka.NewPublisher(cfg.kafka, log)
	if err != nil {
		return nil, fmt.Errorf("open the connection to Kafka: %w", err)
	}
	return &Backend{
		Items:  kafka.NewStore(memory.NewStore(), publisher),
		Checks: []readiness.Check{{Name: "kafka", Run: publisher.Ping}},
		Start:  publisher.WaitUntilReady,
		Close:  publisher.Close,
	}, nil
}
