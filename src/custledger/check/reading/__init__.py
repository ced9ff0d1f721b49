"""Problems found while text is read: their documentation. The code that finds them is in the layers below."""
