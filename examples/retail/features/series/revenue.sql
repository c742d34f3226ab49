SELECT client_id, store_id, product_id, sold_on AS at, revenue AS value
FROM sales
