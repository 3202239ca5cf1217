"""Pictures that are made for a site: smaller variants of images, icons, social cards."""
