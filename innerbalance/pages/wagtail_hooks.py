from wagtail import hooks

from innerbalance.pages.desk import mark_and_styles

hooks.register("insert_global_admin_css", mark_and_styles)
