/** A shop's back end, with what runs it, in one repository, before the window. */
export const MARKET: Readonly<Record<string, string>> = {
  'api/config/production.yaml': `http:
  listen: ":8080"
  read_timeout: 30s
  idle_timeout: 120s
upstreams:
  pricing:
    url: http://pricing.internal:9000
    timeout: 5s
    retries: 3
  stock:
    url: http://stock.internal:9000
    timeout: 2s
    retries: 2
cache:
  ttl: 60s
  max_entries: 50000
uploads:
  max_bytes: 26214400
database:
  max_open_conns: 40
  max_idle_conns: 10
`,
  'api/internal/pricing/client.go': `package pricing

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"time"
)

type Client struct {
	http  *http.Client
	url   string
	token string
}

func New(url string, timeout time.Duration) *Client {
	return &Client{http: &http.Client{Timeout: timeout}, url: url, token: os.Getenv("PRICING_TOKEN")}
}

func (c *Client) Quote(ctx context.Context, sku string) (*Quote, error) {
	var last error
	for attempt := 0; attempt < 3; attempt++ {
		quote, err := c.ask(ctx, sku)
		if err == nil {
			return quote, nil
		}
		last = err
		time.Sleep(time.Duration(attempt) * 200 * time.Millisecond)
	}
	return nil, fmt.Errorf("quote %s: %w", sku, last)
}
`,
  'api/internal/orders/store.go': `package orders

import (
	"context"
	"database/sql"
)

const selectOrder = "SELECT id, customer_id, total, placed_at FROM orders WHERE id = $1"
const selectRecent = "SELECT id, total FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC LIMIT 20"

type Store struct{ db *sql.DB }

func (s *Store) Order(ctx context.Context, id int64) (*Order, error) {
	row := s.db.QueryRowContext(ctx, selectOrder, id)
	var o Order
	if err := row.Scan(&o.ID, &o.CustomerID, &o.Total, &o.PlacedAt); err != nil {
		return nil, err
	}
	return &o, nil
}
`,
  'api/internal/flags/defaults.go': `package flags

var Defaults = map[string]bool{
	"checkout.one-page":   false,
	"checkout.gift-cards": true,
	"invoices.pdf-v2":     false,
	"search.suggestions":  true,
	"stock.reserve-early": false,
}
`,
  'api/internal/mail/send.go': `package mail

import (
	"net/smtp"
	"os"
)

func Send(to string, body []byte) error {
	host := os.Getenv("SMTP_HOST")
	return smtp.SendMail(host+":587", nil, "shop@market.example", []string{to}, body)
}
`,
  'api/Dockerfile': `FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go build -o /out/api ./cmd/api

FROM gcr.io/distroless/base-debian12
COPY --from=build /out/api /api
COPY --chown=nonroot:nonroot spool /var/spool/market
USER nonroot
ENTRYPOINT ["/api"]
`,
  'db/migrations/0041_orders.sql': `CREATE TABLE orders (
  id bigserial PRIMARY KEY,
  customer_id bigint NOT NULL,
  total numeric(12, 2) NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_by_customer ON orders (customer_id, placed_at DESC);
`,
  'db/migrations/0042_payouts.sql': `CREATE TABLE payouts (
  id bigserial PRIMARY KEY,
  seller_id bigint NOT NULL,
  amount numeric(12, 2) NOT NULL,
  state text NOT NULL
);
CREATE INDEX payouts_by_state ON payouts (state, seller_id);
`,
  'k8s/api.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: market-api
spec:
  replicas: 6
  template:
    spec:
      containers:
        - name: api
          image: registry.market.example/api:1.40.2
          env:
            - name: SMTP_HOST
              value: mail.internal
            - name: PRICING_TOKEN
              valueFrom: { secretKeyRef: { name: pricing, key: token } }
          resources:
            limits: { memory: 512Mi, cpu: "1" }
`,
  'k8s/settlement.yaml': `apiVersion: batch/v1
kind: CronJob
metadata:
  name: settlement
spec:
  schedule: "30 2 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          serviceAccountName: settlement
          containers:
            - name: settle
              image: registry.market.example/jobs:2.11.0
              command: ["python", "-m", "jobs.settle"]
`,
  'k8s/rbac.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: settlement
rules:
  - apiGroups: [""]
    resources: ["secrets", "configmaps"]
    verbs: ["get", "list"]
`,
  'jobs/settle.py': `import os

from tenacity import retry, stop_after_attempt, wait_exponential

from jobs.bank import transfer
from jobs.db import due_payouts, mark_paid


@retry(stop=stop_after_attempt(5), wait=wait_exponential(max=60))
def pay(payout):
    transfer(payout.iban, payout.amount, key=os.environ["BANK_API_KEY"])


def main():
    for payout in due_payouts(state="due"):
        pay(payout)
        mark_paid(payout)
`,
  'jobs/models.py': `from pydantic import BaseModel, validator


class Payout(BaseModel):
    id: int
    iban: str
    amount: float

    @validator("iban")
    def upper(cls, value):
        return value.upper()
`,
  'jobs/requirements.txt': `pydantic==1.10.13
psycopg==3.1.18
requests==2.31.0
tenacity==8.2.3
`,
  'jobs/crontab': `# m h dom mon dow command
0 4 * * * /usr/local/bin/python -m jobs.export_catalogue
*/10 * * * * /usr/local/bin/python -m jobs.sync_stock
15 1 1 * * /usr/local/bin/python -m jobs.close_month
`,
  'terraform/receipts.tf': `resource "aws_s3_bucket" "receipts" {
  bucket = "market-receipts"
}

resource "aws_iam_role_policy" "api_receipts" {
  role = aws_iam_role.api.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"]
      Resource = ["\${aws_s3_bucket.receipts.arn}", "\${aws_s3_bucket.receipts.arn}/*"]
    }]
  })
}
`,
  'edge/nginx.conf': `upstream api { server market-api:8080; }

server {
  listen 443 ssl;
  client_max_body_size 25m;
  location / {
    proxy_pass http://api;
    proxy_connect_timeout 5s;
    proxy_read_timeout 60s;
  }
  location /static/ {
    root /srv;
    expires 7d;
  }
}
`,
  'web/package.json': `{
  "name": "market-web",
  "dependencies": {
    "date-fns": "2.30.0",
    "react": "18.2.0",
    "zod": "3.22.4"
  }
}
`,
  'web/src/receipt.tsx': `import { format } from 'date-fns';

export const Receipt = ({ order }: { order: Order }) => (
  <section>
    <h1>Thank you</h1>
    <time>{format(order.placedAt, 'd MMMM yyyy')}</time>
  </section>
);
`,
  'docker-compose.yml': `services:
  search:
    image: opensearchproject/opensearch:2.11.1
    environment:
      OPENSEARCH_JAVA_OPTS: -Xms2g -Xmx2g
  jobs:
    image: registry.market.example/jobs:2.11.0
    environment:
      BANK_API_KEY: \${BANK_API_KEY}
      DATABASE_URL: \${DATABASE_URL}
`,
  'README.md': `# Market

How to run it: docker compose up.
`,
};
