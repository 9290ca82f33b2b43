"""Every object of the link, read by the foreign clients: each by the client's own models, pages and filters."""


def read_all(sandbox, aws, js, megaport):
    return None
