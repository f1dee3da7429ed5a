from wagtail import hooks

from innerbalance.security.grants import own_permissions

hooks.register("register_permissions", own_permissions)
