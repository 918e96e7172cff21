/**
 * Videos: animations and folders of pictures, and the preprocessing that VideoMAE's image processor
 * does. {@link org.pmf4j.modalities.video.VideoModality} is the way in. As many frames as the
 * encoder takes are chosen at even distances ({@code FrameChoice}); each is decoded and prepared as
 * an image is, by {@link org.pmf4j.modalities.image}.
 */
package org.pmf4j.modalities.video;
