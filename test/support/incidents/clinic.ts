/** A clinic as it was before anything broke: machines set up by Ansible, Compose, a broker, Vault, and programs in four languages. */

export const CLINIC: Readonly<Record<string, string>> = {
  'compose.yaml': `services:
  booking:
    image: registry.example/clinic/booking:7.2.0
    environment:
      TZ: Europe/Berlin
      LANG: C.UTF-8
      DATABASE_URL: mysql://booking@db.internal:3306/booking?charset=utf8mb4
      WORKERS: "4"
    mem_limit: 512m
    depends_on: [db, redis]
  reminders:
    image: registry.example/clinic/reminders:3.1.4
    environment:
      TZ: Europe/Berlin
      SMTP_HOST: mail.internal
      BATCH: "200"
    mem_limit: 256m
  portal:
    image: registry.example/clinic/portal:11.0.2
    environment:
      SESSION_HOURS: "8"
      API_URL: http://booking:8000
    ports: ["8443:8443"]
  redis:
    image: redis:7.2
    volumes: ["./redis/redis.conf:/etc/redis.conf"]
`,
  'redis/redis.conf': `port 6379
maxmemory 2gb
maxmemory-policy allkeys-lru
timeout 300
tcp-keepalive 60
appendonly no
`,
  'ansible/roles/web/files/nginx.conf': `worker_processes 4;
events { worker_connections 4096; }
http {
  keepalive_timeout 75s;
  server {
    listen 443 ssl;
    server_name portal.clinic.example;
    ssl_certificate /etc/letsencrypt/live/portal/fullchain.pem;
    location / {
      proxy_pass http://portal:8443;
      proxy_read_timeout 60s;
    }
    location /scans {
      client_max_body_size 64m;
      proxy_pass http://scans:9000;
    }
    location /.well-known/acme-challenge/ {
      root /var/www/acme;
    }
  }
}
`,
  'ansible/roles/web/tasks/main.yml': `- name: Install nginx
  ansible.builtin.apt:
    name: nginx
    state: present
- name: Renew certificates
  ansible.builtin.cron:
    name: certbot
    minute: "17"
    hour: "3"
    job: certbot renew --deploy-hook "systemctl reload nginx"
- name: Rotate logs
  ansible.builtin.copy:
    src: logrotate.conf
    dest: /etc/logrotate.d/nginx
`,
  'ansible/roles/gateway/files/hl7-gateway.service': `[Unit]
Description=Gateway for laboratories

[Service]
ExecStart=/opt/hl7/bin/gateway --port 2575
Restart=on-failure
LimitNOFILE=65536
MemoryMax=1G
TimeoutStopSec=30
`,
  'ansible/roles/db/templates/postgresql.conf': `max_connections = 200
shared_buffers = 4GB
wal_level = logical
max_wal_size = 4GB
max_slot_wal_keep_size = 20GB
statement_timeout = 60s
log_min_duration_statement = 500
`,
  'ansible/group_vars/all.yml': `ntp_servers: [ntp1.internal, ntp2.internal]
backup_hour: 1
alert_mail: oncall@clinic.example
vault_addr: https://vault.internal:8200
`,
  'vault/policies/lab.hcl': `path "secret/data/clinic/lab/*" {
  capabilities = ["read", "list"]
}

path "transit/decrypt/results" {
  capabilities = ["update"]
}
`,
  'vault/policies/billing.hcl': `path "secret/data/clinic/billing/*" {
  capabilities = ["read"]
}
`,
  'vitals/src/main/resources/application.yml': `spring:
  kafka:
    bootstrap-servers: kafka.internal:9092
    consumer:
      group-id: vitals
      max-poll-records: 200
      properties:
        max.poll.interval.ms: 300000
        session.timeout.ms: 45000
    listener:
      concurrency: 6
server:
  port: 8085
  tomcat:
    threads:
      max: 200
`,
  'vitals/src/main/avro/Vital.avsc': `{
  "type": "record",
  "name": "Vital",
  "fields": [
    { "name": "patient", "type": "string" },
    { "name": "kind", "type": "string" },
    { "name": "value", "type": "double" },
    { "name": "ward", "type": ["null", "string"], "default": null },
    { "name": "device", "type": "string", "default": "unknown" }
  ]
}
`,
  'vitals/config/jvm.options': `-Xms1g
-Xmx2g
-XX:MaxMetaspaceSize=256m
-XX:+UseG1GC
`,
  'vitals/Dockerfile': `FROM eclipse-temurin:21-jre
COPY build/libs/vitals.jar /app.jar
EXPOSE 8085
CMD ["java", "-jar", "/app.jar"]
`,
  'imaging/Dockerfile': `FROM rust:1.79-bookworm AS build
COPY . /src
RUN cargo build --release
FROM debian:bookworm-slim
COPY --from=build /src/target/release/imaging /usr/local/bin/imaging
ENTRYPOINT ["imaging"]
`,
  'imaging/src/tiles.rs': `pub fn tile(width: u32, height: u32) -> (u32, u32) {
    let edge = 512;
    (width / edge, height / edge)
}

pub fn levels(width: u32) -> u32 {
    32 - width.leading_zeros()
}
`,
  'portal/server.js': `const http = require('node:http');
const { app } = require('./app');

const server = http.createServer(app);
server.keepAliveTimeout = 76_000;
server.headersTimeout = 80_000;
server.requestTimeout = 120_000;
server.listen(8443);
`,
  'portal/app.js': `const express = require('express');
const session = require('express-session');

const app = express();
app.set('trust proxy', 1);
app.use(session({
  name: 'clinic',
  cookie: { secure: true, sameSite: 'lax', maxAge: 8 * 3600 * 1000 },
}));
app.use(express.json({ limit: '2mb' }));
module.exports = { app };
`,
  'portal/rules.json': `{
  "rules": [
    { "id": "script", "match": "<script[^>]*>", "action": "block" },
    { "id": "query", "match": "union\\\\s+select", "action": "block" },
    { "id": "agent", "match": "^curl/", "action": "log" }
  ]
}
`,
  'booking/settings.py': `import os

DEBUG = False
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
CONN_MAX_AGE = 60
CACHES = {"default": {"BACKEND": "redis", "LOCATION": "redis://redis:6379/1", "TIMEOUT": 600}}
SECURE_SSL_REDIRECT = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_242_880
DEFAULT_CHARSET = "utf-8"
`,
  'booking/slots.py': `from datetime import datetime, timedelta

def free_slots(day, taken):
    slots = []
    at = day.replace(hour=8, minute=0)
    while at.hour < 18:
        if at not in taken:
            slots.append(at)
        at += timedelta(minutes=20)
    return slots

def overlaps(one, other):
    return one.start < other.end and other.start < one.end
`,
  'booking/importer.py': `import csv

def rows(path):
    with open(path, encoding="cp1252", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")

def names(path):
    return [row["name"].strip() for row in rows(path)]
`,
  'booking/requirements.txt': 'django==5.0.6\nmysqlclient==2.2.4\nredis==5.0.4\ncelery==5.4.0\n',
  'dns/clinic.example.zone': `$TTL 3600
@       IN SOA ns1.clinic.example. hostmaster.clinic.example. 2026110101 7200 900 1209600 300
@       IN NS  ns1.clinic.example.
@       IN MX  10 mx.clinic.example.
@       IN TXT "v=spf1 ip4:192.0.2.0/24 include:relay.example -all"
_dmarc  IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@clinic.example"
portal  IN A   192.0.2.10
lab     IN CNAME lab-gw.clinic.example.
lab-gw  IN A   192.0.2.31
`,
  'terraform/cluster.tf': `resource "google_container_node_pool" "wards" {
  name       = "wards"
  location   = "europe-west3"
  node_count = 3
  node_config {
    machine_type = "n2-standard-4"
    disk_size_gb = 100
  }
}

resource "google_sql_database_instance" "records" {
  name             = "records"
  database_version = "POSTGRES_15"
  settings {
    tier      = "db-custom-4-16384"
    disk_size = 200
  }
}
`,
  'README.md': '# Clinic\n',
};
