// Package kafka publishes an event for each item that is created.
package kafka

import (
	"errors"
	"net"
	"regexp"
	"strconv"
	"strings"
)

var topicPattern = regexp.MustCompile(`^[A-Za-z0-9._-]{1,249}$`)

// Config says where to publish.
type Config struct {
	Brokers []string
	Topic   string
}

// ParseBrokers reads a comma-separated list of host:port.
func ParseBrokers(text string) ([]string, error) {
	brokers := strings.Split(text, ",")
	for i, broker := range brokers {
		brokers[i] = strings.TrimSpace(broker)
		host, port, err := net.SplitHostPort(brokers[i])
		number, portErr := strconv.ParseUint(port, 10, 16)
		if err != nil || portErr != nil || host == "" || number == 0 {
			return nil, errors.New("must be a comma-separated list of host:port")
		}
	}
	return brokers, nil
}

// ParseTopic checks the name of a topic.
func ParseTopic(text string) (string, error) {
	if !topicPattern.MatchString(text) || text == "." || text == ".." {
		return "", errors.New("must be 1 to 249 of the characters a-z, A-Z, 0-9, '.', '_' and '-'")
	}
	return text, nil
}
