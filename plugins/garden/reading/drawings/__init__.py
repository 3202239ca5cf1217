"""Drawings of the plugin Excalidraw (EX): read, unpacked, drawn as SVG."""
