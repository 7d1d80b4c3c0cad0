// Package kafkatest gives tests a broker.
package kafkatest

import (
	"os"
	"testing"

	"github.com/google/uuid"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"${{ values.goModule }}/internal/kafka"
)

// Broker is a topic of its own on the brokers of KAFKA_BROKERS, or on a broker
// in this process when the variable is not set.
func Broker(t *testing.T) kafka.Config {
	t.Helper()
	topic := "test." + uuid.NewString()
	if text := os.Getenv("KAFKA_BROKERS"); text != "" {
		brokers, err := kafka.ParseBrokers(text)
		if err != nil {
			t.Fatalf("KAFKA_BROKERS: %v", err)
		}
		config := kafka.Config{Brokers: brokers, Topic: topic}
		createTopic(t, config)
		return config
	}
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, topic))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cluster.Close)
	return kafka.Config{Brokers: cluster.ListenAddrs(), Topic: topic}
}

func createTopic(t *testing.T, config kafka.Config) {
	t.Helper()
	client, err := kgo.NewClient(kgo.SeedBrokers(config.Brokers...))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	topic := kmsg.NewCreateTopicsRequestTopic()
	topic.Topic = config.Topic
	topic.NumPartitions = 1
	topic.ReplicationFactor = -1
	request := kmsg.NewPtrCreateTopicsRequest()
	request.Topics = append(request.Topics, topic)
	response, err := request.RequestWith(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	for _, created := range response.Topics {
		if err := kerr.ErrorForCode(created.ErrorCode); err != nil {
			t.Fatal(err)
		}
	}
}
