from wagtail import hooks

from innerbalance.operations import desk

hooks.register("register_admin_urls", desk.admin_urls)
hooks.register("register_settings_menu_item", desk.menu_item)
