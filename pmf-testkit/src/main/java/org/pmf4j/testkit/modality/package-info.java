/**
 * What every modality and encoder family must pass. A plugin's test class extends {@link
 * org.pmf4j.testkit.modality.ModalityConformance}, hands over what it tests and a few samples, and
 * names a backend; the encoder runs with random weights, so that no trained one is needed.
 */
package org.pmf4j.testkit.modality;
