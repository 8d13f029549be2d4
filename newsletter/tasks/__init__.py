from newsletter.tasks import bounces as bounces
from newsletter.tasks import deliveries as deliveries
from newsletter.tasks import imports as imports
from newsletter.tasks import sign_ups as sign_ups
