import { parseImage } from "./acts/index.ts";
import { MINING_IMAGE } from "./mining-words.ts";

/**
 * What is known of an image from its name alone:
 *
 * - `tool`: a well-known tool of operators whose documented deployment takes parts of the host;
 * - `base`: an official image of an operating system: a container for whatever its command says;
 * - `official`: another official image of Docker Hub;
 * - `publisher`: an organisation that is widely known;
 * - `registry`: from somebody's own registry;
 * - `local`: a name without an account that is no official image: built or loaded here;
 * - `personal`: an account of Docker Hub that nobody knows.
 */
export type ImageTrust = "tool" | "base" | "official" | "publisher" | "registry" | "local" | "personal";

const BASES =
  /^(?:alpine|ubuntu|debian|centos|busybox|fedora|archlinux|amazonlinux|rockylinux|almalinux|oraclelinux|opensuse|photon|clearlinux|mageia|sl|cirros|bash|buildpack-deps)$/;

const OFFICIAL = new Set(
  "adminer aerospike api-firewall arangodb backdrop bonita caddy cassandra chronograf clefos clickhouse clojure composer consul convertigo couchbase couchdb crate dart docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang express-gateway flink fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy haproxy haskell haxe hello-world hitch hitchhiker httpd hylang ibmjava influxdb irssi jenkins jetty jobber joomla jruby julia kaazing-gateway kapacitor kibana kong krakend lightstreamer liquibase logstash mariadb matomo maven mediawiki memcached mongo mongo-express monica mono mysql nats nats-streaming neo4j neurodebian nextcloud nginx node notary nuxeo odoo open-liberty openjdk orientdb percona perl php phpmyadmin phpbb plone postfixadmin postgres pypy python r-base rabbitmq rakudo-star rapidoid redis redmine registry rethinkdb rocket.chat ros ruby rust sapmachine satosa scratch silverpeas solr sonarqube spark spiped storm swarm swift swipl teamspeak telegraf thrift tomcat tomee traefik unit varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper".split(
    " ",
  ),
);

const PUBLISHERS =
  /^(?:bitnami|bitnamilegacy|grafana|prom|prometheus|hashicorp|linuxserver|lscr|jenkins|gitlab|gitea|drone|woodpeckerci|circleci|cimg|sonatype|jfrog|portainer|containrrr|nickfedor|testcontainers|rancher|k3s|kindest|calico|flannel|weaveworks|istio|envoyproxy|openpolicyagent|aquasec|anchore|snyk|falcosecurity|sysdig|datadog|newrelic|dynatrace|elastic|opensearchproject|confluentinc|bitwarden|vaultwarden|keycloak|minio|nvidia|tensorflow|pytorch|huggingface|ollama|apache|amazon|google|mcr|microsoft|redhat|nginxinc|nginxproxy|jwilder|jc21|certbot|pihole|homeassistant|plexinc|selenium|cypress|mcp|dpage|mailhog|axllent|localstack|temporalio|getsentry|sentry|posthog|metabase|n8nio|nodered|eclipse|payara|openzipkin|jaegertracing|otel|timberio|fluent|fluxcd|argoproj|alpine|ubuntu|debian|docker|dockersamples|moby|tonistiigi|library|oven|denoland|semitechnologies|qdrant|milvusdb|valkey|timescale|postgis|pgvector|cockroachdb|yugabytedb|scylladb|percona|mysql|mongodb|clickhouse|questdb|victoriametrics|thanosio|quay|goharbor|verdaccio|zabbix|netdata|gcr\.io|cloudflare|tailscale|traefik|traefikee|haproxytech|crowdsecurity|authelia|goauthentik|adguard|syncthing|jellyfin|emby|photoprism|nextcloud|owncloud|onlyoffice|collabora|mattermost|rocketchat|discourse|ghost|wordpress|drupal|composer|phpmyadmin|mlocati|gotenberg|browserless|wiremock|mockserver|stoplight|swaggerapi|openapitools|sonarsource|codercom|gitpod|ddev|lando)$/;

/** Tools that are given the engine's socket, the host's root or its namespaces by their own documentation. */
const TOOLS =
  /(?:^|\/)(?:node[-_]exporter|cadvisor|process-exporter|promtail|alloy|grafana-agent|otel(?:emetry)?-?collector(?:-contrib)?|telegraf|netdata|datadog-agent|agent(?=:|$|@)|newrelic-infra|infrastructure-bundle|oneagent|filebeat|metricbeat|auditbeat|packetbeat|heartbeat|fluent-bit|fluentd|vector|logspout|falco|falco-no-driver|sysdig|tracee|tetragon|trivy|osquery|wazuh-agent|crowdsec|portainer(?:-ce|-ee)?|agent-ce|dockge|yacht|dozzle|lazydocker|watchtower|diun|ouroboros|autoheal|ryuk|moby-ryuk|traefik|nginx-proxy|docker-gen|acme-companion|caddy-docker-proxy|docker-socket-proxy|gitlab-runner|act_runner|actions-runner|github-runner|drone-runner-docker|drone|woodpecker-(?:agent|server)|jenkins|inbound-agent|dind|buildkit|buildx|binfmt|kind|node|k3s|k3d-\S+|rancher(?:-agent)?|rke-tools|hyperkube|kubelet|kube-proxy|calico|cilium|flannel|weave|csi-\S+|nfs-\S+|rclone|duplicati|restic|borgmatic|docker-volume-backup|offen|glances|scope|ctop|docker-bench-security|docker-gc|spotify|swarmpit|shepherd|cloudflared|tailscale|wireguard|wg-easy|openvpn|pihole|homeassistant|home-assistant|keepalived|zabbix-agent2?|check-mk-raw|checkmk|nagios|sensu|beszel(?:-agent)?|uptime-kuma|homepage|dashy|cup|wud|whats-up-docker|localstack|coder|code-server|devcontainers?|ddev-\S+|docker)(?::|@|$)/;

/** What is known of an image from its name. */
export function trustOf(reference: string): ImageTrust {
  const { registry, namespace, repository } = parseImage(reference);
  const known =
    registry === undefined ? namespace === undefined || PUBLISHERS.test(namespace) : wellKnownRegistry(registry);
  // A tool's name under a stranger's account is no tool.
  if (
    known &&
    TOOLS.test(namespace === undefined ? repository : `${namespace}/${repository}`) &&
    !(namespace === undefined && registry === undefined && !OFFICIAL.has(repository))
  ) {
    return "tool";
  }
  if (registry !== undefined) {
    return wellKnownRegistry(registry) ? "publisher" : "registry";
  }
  if (namespace === undefined) {
    return BASES.test(repository) ? "base" : OFFICIAL.has(repository) ? "official" : "local";
  }
  return PUBLISHERS.test(namespace) ? "publisher" : "personal";
}

const wellKnownRegistry = (registry: string): boolean =>
  /^(?:quay\.io|(?:[a-z]+\.)?gcr\.io|ghcr\.io|registry\.k8s\.io|k8s\.gcr\.io|mcr\.microsoft\.com|public\.ecr\.aws|registry\.access\.redhat\.com|docker\.elastic\.co|registry\.gitlab\.com|lscr\.io|cgr\.dev|nvcr\.io|docker\.n8n\.io|container-registry\.oracle\.com|registry\.hub\.docker\.com)$/.test(
    registry,
  );

/** The well-known image that a name imitates; `undefined` when it imitates none. */
export function imitatedImage(reference: string): string | undefined {
  const { registry, repository } = parseImage(reference);
  const trust = trustOf(reference);
  if (registry !== undefined || (trust !== "personal" && trust !== "local")) {
    return undefined;
  }
  const plain = repository.toLowerCase();
  const near =
    /^(alpine|ubuntu|debian|centos|busybox|fedora|nginx|httpd|apache2?|redis|mysql|postgres|mongo|tomcat|node|python|docker|kube\w*|pause|coredns|etcd)(?:os|[-_.]?\d{1,4}|x|_?latest|[-_]?(?:os|linux|base|new|fix|lite))?$/.exec(
      plain,
    )?.[1];
  if (near === undefined) {
    return undefined;
  }
  return trust === "local" && near === plain ? undefined : near.replace(/^apache2?$/, "httpd");
}

/** The name says that it mines or sells the line. */
export const namesMiner = (reference: string): boolean => {
  const { namespace = "", repository } = parseImage(reference);
  return trustOf(reference) !== "official" && MINING_IMAGE.test(`${namespace}/${repository}`);
};
