// Command key-rotator reads the inventory of keys and writes what to do.
package main

import (
	"encoding/json"
	"log"
	"os"
	"time"
)

func main() {
	var keys []Key
	if err := json.NewDecoder(os.Stdin).Decode(&keys); err != nil {
		log.Fatalf("inventory: %v", err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(Plan(keys, time.Now())); err != nil {
		log.Fatal(err)
	}
}
