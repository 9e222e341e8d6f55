/**
 * Six more outages of the shop, written when what reads their texts was done: nothing was adapted to them.
 */
import { edit, manifestOf as k8s } from './edits';
import type { ScriptedIncident } from './outages';

export const UNSEEN: readonly ScriptedIncident[] = [
  {
    shape: 'a pod that finds no node',
    subject: 'Ask for what peak hours use',
    edits: [edit(k8s('gateway'), 'memory: 128Mi', 'memory: 12Gi')],
    text: `Warning  FailedScheduling  3m  default-scheduler  0/6 nodes are available: 6 Insufficient memory. preemption: 0/6 nodes are available
gateway-6b8c7d9f5-x2lqn   0/1   Pending   0   19m`,
  },
  {
    shape: 'mail that is not sent',
    subject: 'Speak plainly inside',
    edits: [edit('charts/shop/values.yaml', 'port: 587', 'port: 25')],
    text: `smtplib.SMTPServerDisconnected: Connection unexpectedly closed
no order confirmations since 09:40; mailer tries smtp.internal.example, port 25`,
  },
  {
    shape: 'a handshake that fails',
    subject: 'Only what is modern',
    edits: [edit('config/nginx.conf', 'ssl_protocols TLSv1.2 TLSv1.3', 'ssl_protocols TLSv1.3')],
    text: 'Tills in stores go offline one by one: error:1409442E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version',
  },
  {
    shape: 'a disk that is full',
    subject: 'Auditors want it in one piece',
    edits: [edit('config/logging.yaml', 'rotate: daily', 'rotate: never')],
    text: `OSError: [Errno 28] No space left on device: '/var/log/shop/access.log'
/dev/nvme1n1     50G   50G     0 100% /var/log`,
  },
  {
    shape: 'a rule of a database',
    subject: 'A code is a code in any case',
    edits: [
      edit(
        'db/migrations/0048_codes.sql',
        null,
        'CREATE UNIQUE INDEX vouchers_code_ci ON vouchers (lower(code), campaign_id);\n',
      ),
    ],
    text: `SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry 'welcome10-7' for key 'vouchers.vouchers_code_ci'`,
  },
  {
    shape: 'a key that can not be used',
    subject: 'What readers do not need',
    edits: [edit('infra/iam/invoices.tf', '      "kms:Decrypt",\n', '')],
    text: `invoices: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException)`,
  },
];
