"""后台: leased, fenced background jobs behind the django-tasks API; no extra service."""
