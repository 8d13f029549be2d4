from donations.tasks import claims as claims
