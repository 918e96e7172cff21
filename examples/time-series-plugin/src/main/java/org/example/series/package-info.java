/**
 * Multichannel time series for PMF: a modality that reads CSV files, an encoder family, and how its
 * encoders start from scratch. Written against {@code pmf-api} alone.
 */
package org.example.series;
