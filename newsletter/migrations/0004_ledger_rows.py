"""What was known of the letters so far."""

from django.db import migrations

TO_LEDGER = """
    INSERT INTO newsletter_delivery (issue_id, subscriber_id, status, lane, n_attempts, n_lost,
        fence, sender, next_at, done_at, answer)
    SELECT issue_id, subscriber_id,
        CASE status WHEN 'prepared' THEN 'planned' WHEN 'claimed' THEN 'uncertain'
            WHEN 'sent' THEN 'accepted' WHEN 'left' THEN 'suppressed' ELSE 'failed' END,
        0, CASE WHEN status IN ('prepared', 'left') THEN 0 ELSE 1 END,
        CASE status WHEN 'claimed' THEN 1 ELSE 0 END, 0, NULL,
        CASE WHEN status IN ('prepared', 'claimed') THEN at END,
        CASE WHEN status IN ('sent', 'left', 'failed') THEN at END,
        CASE status WHEN 'left' THEN 'They had left.' ELSE '' END
    FROM newsletter_formerdelivery
"""
BACK = """
    INSERT INTO newsletter_formerdelivery (issue_id, subscriber_id, status, at)
    SELECT issue_id, subscriber_id,
        CASE status WHEN 'accepted' THEN 'sent' WHEN 'bounced' THEN 'sent'
            WHEN 'suppressed' THEN 'left' WHEN 'failed' THEN 'failed'
            WHEN 'uncertain' THEN 'claimed' ELSE 'prepared' END,
        coalesce(done_at, next_at, now())
    FROM newsletter_delivery d
    WHERE EXISTS (SELECT FROM newsletter_subscriber s WHERE s.id = d.subscriber_id)
"""
RUNNING = """
    UPDATE newsletter_issue SET running_since = started_at WHERE status = 'sending'
"""


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0003_ledger")]
    operations = [
        migrations.RunSQL(TO_LEDGER, BACK),
        migrations.RunSQL(RUNNING, migrations.RunSQL.noop),
    ]
