from newsletter.tasks import deliveries as deliveries
