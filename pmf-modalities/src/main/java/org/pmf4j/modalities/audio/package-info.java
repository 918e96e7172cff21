/**
 * Audio: from a file to what an encoder takes. {@link org.pmf4j.modalities.audio.AudioModality} is
 * the way in. A clip is decoded block by block ({@code decode}), mixed down to mono by the mean of
 * its channels, resampled to the encoder's rate ({@link org.pmf4j.modalities.audio.Resampler}), and
 * given to the front end that the encoder's directory names ({@code feature}). Nothing is decoded
 * or held beyond what the front end can use.
 */
package org.pmf4j.modalities.audio;
