/**
 * The front ends of audio encoders: what Hugging Face's feature extractors make of mono samples.
 * {@link org.pmf4j.modalities.audio.feature.FrontEnd} picks one by {@code feature_extractor_type}:
 * log-mel spectrograms for the Audio Spectrogram Transformer and for Whisper, standardized samples
 * for wav2vec 2.0 and its kin. Spectra are computed in double precision and rounded once.
 */
package org.pmf4j.modalities.audio.feature;
