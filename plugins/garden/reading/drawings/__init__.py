"""Reads and unpacks drawings of the plugin Excalidraw (EX), and draws them as SVG."""
