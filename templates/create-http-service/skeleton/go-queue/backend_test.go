package main

import (
	"strings"
	"testing"

	"${{ values.goModule }}/internal/kafka/kafkatest"
)

// backendEnv is the part of the environment that the back end needs.
func backendEnv(t *testing.T) map[string]string {
	t.Helper()
	broker := kafkatest.Broker(t)
	return map[string]string{
		"KAFKA_BROKERS": strings.Join(broker.Brokers, ","),
		"KAFKA_TOPIC":   broker.Topic,
	}
}

// backendVariable is one that has to be set.
const backendVariable = "KAFKA_BROKERS"
