/**
 * From the bytes of an audio file to samples, block by block: WAV, FLAC, MP3 and Vorbis in Ogg.
 * {@link org.pmf4j.modalities.audio.decode.AudioDecoder} looks at the first bytes and opens a
 * {@link org.pmf4j.modalities.audio.decode.Sound}. Containers are read here, strictly and with
 * bounded memory; the codecs are libraries in pure Java, called directly and not through
 * javax.sound, whose providers are global to a JVM.
 */
package org.pmf4j.modalities.audio.decode;
