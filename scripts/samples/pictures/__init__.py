"""Pictures of the samples: ray-traced scenes, drawn pages, and what cameras and scanners do to them."""
