// Decodes each line's "text" as a Docker Engine up to 26 decodes the body of a create request, and writes what came out.
// Recorded with Go 1.19.8, the Go of Engine 20.10.24. The structs are cut down from moby v20.10.24 (api/types/container,
// api/types/mount, runconfig/config_unix.go): one field of every type that occurs, and those with a decoder of their own.
//
//	go run oracle.go < texts.jsonl > decoded.jsonl
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
)

type StrSlice []string

func (e *StrSlice) UnmarshalJSON(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	p := make([]string, 0, 1)
	if err := json.Unmarshal(b, &p); err != nil {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		p = append(p, s)
	}
	*e = p
	return nil
}

type HealthConfig struct {
	Test    []string
	Retries int
}

type Config struct {
	User        string
	Tty         bool
	Env         []string
	Cmd         StrSlice
	Healthcheck *HealthConfig
	Image       string
	Volumes     map[string]struct{}
	Labels      map[string]string
	StopTimeout *int
}

type BindOptions struct {
	Propagation  string
	NonRecursive bool
}

type Driver struct {
	Name    string
	Options map[string]string
}

type VolumeOptions struct {
	NoCopy       bool
	DriverConfig *Driver
}

type Mount struct {
	Type          string
	Source        string
	Target        string
	ReadOnly      bool
	BindOptions   *BindOptions
	VolumeOptions *VolumeOptions
}

type DeviceMapping struct {
	PathOnHost        string
	PathInContainer   string
	CgroupPermissions string
}

type DeviceRequest struct {
	Count        int
	DeviceIDs    []string
	Capabilities [][]string
}

type Ulimit struct {
	Name string
	Hard int64
	Soft int64
}

type PortBinding struct {
	HostIp   string
	HostPort string
}

type LogConfig struct {
	Type   string
	Config map[string]string
}

type RestartPolicy struct {
	Name              string
	MaximumRetryCount int
}

type Resources struct {
	CpuShares      int64
	Memory         int64
	BlkioWeight    uint16
	Devices        []DeviceMapping
	DeviceRequests []DeviceRequest
	OomKillDisable *bool
	PidsLimit      *int64
	Ulimits        []*Ulimit
}

type HostConfig struct {
	Binds         []string
	LogConfig     LogConfig
	PortBindings  map[string][]PortBinding
	RestartPolicy RestartPolicy
	VolumeDriver  string
	ConsoleSize   [2]uint64
	CapAdd        StrSlice
	PidMode       string
	Privileged    bool
	SecurityOpt   []string
	Sysctls       map[string]string
	Tmpfs         map[string]string
	Resources
	Mounts      []Mount
	MaskedPaths []string
	Init        *bool
}

type ContainerConfigWrapper struct {
	*Config
	InnerHostConfig *HostConfig `json:"HostConfig,omitempty"`
	Cpuset          string      `json:",omitempty"`
	*HostConfig
}

type answer struct {
	Text   string      `json:"text,omitempty"`
	Base64 string      `json:"base64,omitempty"`
	Error  string      `json:"error,omitempty"`
	Config *Config     `json:"config,omitempty"`
	Inner  *HostConfig `json:"inner,omitempty"`
	Flat   *HostConfig `json:"flat,omitempty"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for lines.Scan() {
		var a answer
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			panic(err)
		}
		body := []byte(a.Text)
		if a.Base64 != "" {
			body, _ = base64.StdEncoding.DecodeString(a.Base64)
		}
		var w ContainerConfigWrapper
		if err := json.NewDecoder(bytes.NewReader(body)).Decode(&w); err != nil {
			a.Error = err.Error()
		} else {
			a.Config, a.Inner, a.Flat = w.Config, w.InnerHostConfig, w.HostConfig
		}
		if err := out.Encode(a); err != nil {
			panic(err)
		}
	}
}
