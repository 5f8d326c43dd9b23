"""What if ST, T or Q were otherwise: drawn on the average beat, judged anew."""
