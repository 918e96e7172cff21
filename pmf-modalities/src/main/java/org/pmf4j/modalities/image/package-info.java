/**
 * Images: decoding, and the preprocessing that Hugging Face's PIL-based image processors do. {@link
 * org.pmf4j.modalities.image.ImageModality} is the way in. Decoding follows what Pillow makes of a
 * file after {@code exif_transpose} and {@code convert("RGB")}; resizing follows Pillow's
 * resampling in its fixed-point arithmetic, so that an encoder sees here what it saw in training.
 */
package org.pmf4j.modalities.image;
