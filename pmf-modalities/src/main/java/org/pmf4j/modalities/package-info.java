/**
 * The kinds of data and of encoders that come with the framework, as one plugin: {@link
 * org.pmf4j.modalities.ModalitiesPlugin}.
 */
package org.pmf4j.modalities;
