"""What a spec says, as frozen typed things, one module an area. `spec.build` reads documents into them."""
