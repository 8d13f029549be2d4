from donations.admin import appeals as appeals
from donations.admin import claims as claims
from donations.admin import goals as goals
from donations.admin import grounds as grounds
from donations.admin import log as log
from donations.admin import pauses as pauses
from donations.admin import rules as rules
